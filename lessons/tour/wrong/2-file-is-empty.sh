# The redirection makes the file, but nothing is written into it.
#
# section: section-1---run-a-block
# check: ~/tour/where says which machine this is
# reason: too-small
mkdir ~/tour
: > ~/tour/where
