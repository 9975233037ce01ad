# The old configuration is copied, and stays active under another name that supervisor reads as well.
#
# section: section-1---configure-supervisor
# check: the old file is kept as galaxy.conf.disabled
# reason: file-missing
set -e
sudo mv /etc/supervisor/conf.d/galaxy.conf /etc/supervisor/conf.d/galaxy-old.conf
