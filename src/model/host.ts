/** The kinds of host a lesson can run on. */
export type HostKind = 'sandbox' | 'docker' | 'podman' | 'ssh' | 'local';
