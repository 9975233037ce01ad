# The new programs are added to the old file, so that the old web process keeps its port.
#
# section: section-1---configure-supervisor
# from: done
# check: the handlers stay, the old web process goes
# reason: unwanted-section
set -e
sudo sh -c 'sed -n "/^\[program:web\]/,/^$/p" /etc/supervisor/conf.d/galaxy.conf.disabled >>/etc/supervisor/conf.d/galaxy.conf'
