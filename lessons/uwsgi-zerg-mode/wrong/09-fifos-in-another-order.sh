# The FIFOs are right but stand in another order, and with the order the slots change.
#
# section: section-2---configure-galaxy
# from: done
# check: master-fifo three times, for slots 0, 1, 2
# reason: wrong-order
set -e
sudo sed -i '/^master-fifo/{s/zerg-new/zerg-tmp/;s/zerg-old/zerg-new/;s/zerg-tmp/zerg-old/}' /srv/galaxy/config/galaxy.ini
