/**
 * Tells the program's door that the first frame stands: what is compiled by then is what the next first frame needs. The
 * bundler puts the door's own function in its place; without a door there is nobody to tell.
 */
export function firstFrameStands(): void {}
