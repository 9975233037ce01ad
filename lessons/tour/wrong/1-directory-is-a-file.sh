# A file where the directory should be.
#
# section: section-1---run-a-block
# check: there is a directory ~/tour
# reason: not-a-directory
touch ~/tour
