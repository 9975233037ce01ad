# A typo in the path of a FIFO: nobody will ever write to that one.
#
# section: section-2---configure-galaxy
# from: done
# check: master-fifo three times, for slots 0, 1, 2
# reason: wrong-value
set -e
sudo sed -i 's/^master-fifo = .*zerg-run\.fifo$/master-fifo = \/srv\/galaxy\/var\/zerg-runn.fifo/' /srv/galaxy/config/galaxy.ini
