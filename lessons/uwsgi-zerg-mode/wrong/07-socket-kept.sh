# The old `socket` stays in [uwsgi]: each zergling would try to open the port that the pool holds.
#
# section: section-2---configure-galaxy
# from: done
# check: [uwsgi] has no socket, [app:main] is intact
# reason: unwanted-key
set -e
sudo sed -i 's/^; basics$/socket = 127.0.0.1:4001/' /srv/galaxy/config/galaxy.ini
