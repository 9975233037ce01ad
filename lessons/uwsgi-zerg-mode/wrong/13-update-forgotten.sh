# Everything is stopped, but supervisor is never told about the new files: it still knows the old program, stopped, and
# none of the new ones.
#
# section: section-4---start-the-zerg-galaxy
# check: supervisor has forgotten the old web process
# reason: wrong-state
# check: zergpool is RUNNING
# reason: unknown-program
# passes: no process of the old uWSGI is left
set -e
sudo supervisorctl stop all
