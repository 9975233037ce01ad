# The old configuration is kept, but under a name that supervisor reads as well: it stays active.
#
# section: section-1---configure-supervisor
# from: done
# check: the old file is kept as galaxy.conf.disabled
# reason: file-missing
set -e
sudo mv /etc/supervisor/conf.d/galaxy.conf.disabled /etc/supervisor/conf.d/galaxy-old.conf
