# zergling1 is a copy of zergling0, `autostart = true` included: both would start, and chase each other away.
#
# section: section-1---configure-supervisor
# from: done
# check: zergling1 waits for you, stats on 9191
# reason: wrong-value
set -e
sudo sed -i '/^\[program:zergling1\]/,/^\[program:handler\]/s/^autostart .*/autostart       = true/' /etc/supervisor/conf.d/galaxy.conf
