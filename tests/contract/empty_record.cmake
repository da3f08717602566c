# Run before any test: what an earlier run recorded is not to be checked again.
file(REMOVE_RECURSE "${RECORD}")
file(MAKE_DIRECTORY "${RECORD}")
