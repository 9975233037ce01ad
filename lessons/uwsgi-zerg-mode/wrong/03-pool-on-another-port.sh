# The pool is given another port than the one that nginx asks.
#
# section: section-1---configure-supervisor
# from: done
# check: zergpool holds port 4001 and starts first
# reason: wrong-value
set -e
sudo sed -i 's/zergpool\.sock:127\.0\.0\.1:4001/zergpool.sock:127.0.0.1:4002/' /etc/supervisor/conf.d/galaxy.conf
