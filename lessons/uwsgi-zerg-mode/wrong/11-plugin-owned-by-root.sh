# The plugin is moved with sudo and never given to galaxy.
#
# section: section-3---configure-uwsgi
# from: done
# check: it belongs to galaxy
# reason: wrong-owner
set -e
sudo chown root:root /srv/galaxy/venv/lib/uwsgi/plugins/spinningfifo_plugin.so
