/** Oldest Node that Lockstep runs on; package.json says the same under `engines`. */
const OLDEST = [20, 19];

/**
 * The sentence for a Node that is too old, null for one that will do. Plain syntax only: the old Node must be able to read it.
 * @param {string} version as in `process.versions.node`, e.g. `18.20.4`.
 * @returns {string | null}
 */
function nodeTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `Lockstep needs Node ${OLDEST.join('.')} or newer; this is Node ${version}. Install a newer one and try again.`;
}

module.exports = { nodeTooOld };
