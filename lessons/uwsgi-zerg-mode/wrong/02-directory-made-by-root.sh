# The directory is made with sudo alone, so that it belongs to root and no zergling can make a FIFO in it.
#
# section: section-1---configure-supervisor
# check: /srv/galaxy/var belongs to galaxy
# reason: wrong-owner
set -e
sudo mkdir /srv/galaxy/var
