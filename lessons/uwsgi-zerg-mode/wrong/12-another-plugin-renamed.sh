# Another library is put in the plugin's place, under its name.
#
# section: section-3---configure-uwsgi
# from: done
# check: it is the uWSGI plugin spinningfifo
# reason: text-missing
set -e
library=$(ldconfig -p | sed -n 's/.*=> \(.*libz\.so.*\)/\1/p' | head -n 1)
sudo cp "$library" /srv/galaxy/venv/lib/uwsgi/plugins/spinningfifo_plugin.so
