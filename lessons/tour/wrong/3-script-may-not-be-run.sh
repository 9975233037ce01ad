# Everybody may execute it, but nobody may read it any more.
#
# section: section-4---read-a-check-take-a-hint
# from: done
# check: ~/tour/report.sh may be executed
# reason: wrong-mode
chmod 0111 ~/tour/report.sh
