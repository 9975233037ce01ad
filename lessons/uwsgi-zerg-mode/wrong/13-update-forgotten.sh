# Everything is stopped, but supervisor is never told about the new files.
#
# section: section-4---start-the-zerg-galaxy
# check: supervisor has forgotten the old web process
# reason: wrong-state
set -e
sudo supervisorctl stop all
