# Only one hook: `hook-accepting1-once` was taken for a key that may stand only once.
#
# section: section-2---configure-galaxy
# from: done
# check: two hooks run once a zergling accepts
# reason: wrong-count
set -e
sudo sed -i '/^ *hook-accepting1-once = writefifo/d' /srv/galaxy/config/galaxy.ini
