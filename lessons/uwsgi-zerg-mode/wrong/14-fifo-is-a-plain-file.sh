# Somebody wrote `echo 1 > zerg-run.fifo` before there was a FIFO, and made a plain file of it.
#
# section: section-4---start-the-zerg-galaxy
# check: zerg-new.fifo and zerg-run.fifo are FIFOs
# reason: not-a-fifo
set -e
sudo supervisorctl stop all
sudo -u galaxy sh -c 'echo 1 >/srv/galaxy/var/zerg-run.fifo'
