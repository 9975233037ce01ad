# The group is left as it was named in an earlier draft, without zergling1.
#
# section: section-1---configure-supervisor
# from: done
# check: the group gx has all four programs
# reason: wrong-value
set -e
sudo sed -i 's/^programs = .*/programs = zergpool,zergling0,handler/' /etc/supervisor/conf.d/galaxy.conf
