/** The kinds of host a lesson can run on. */
export type HostKind = 'sandbox' | 'docker' | 'podman' | 'ssh' | 'local';

/** What a host that somebody else prepared must have before a lesson can begin on it. */
export interface HostRequirements {
  readonly users: readonly string[];
  readonly commands: readonly string[];
  readonly paths: readonly string[];
  /** TCP ports that something listens on. */
  readonly ports: readonly number[];
}

/** A host definition read from its folder: how a host is made ready for a lesson. */
export interface HostDefinition {
  /** The folder's name, e.g. `galaxy`. */
  readonly name: string;
  readonly title: string;
  /** Absolute path of the folder with host.yaml, setup.sh, start.sh and files/. */
  readonly dir: string;
  /** What the host calls itself. */
  readonly hostname: string;
  /** The user that lessons log in as. */
  readonly user: string;
  /** `private`: the host has only its loopback; `shared`: the machine's network. Preparing always has the network. */
  readonly network: 'private' | 'shared';
  /** Bytes of memory, processes and share of one CPU (1 = one whole core) that a session may use. */
  readonly limits: { readonly memory: number; readonly pids: number; readonly cpus: number };
  /** The image that a container is made from, e.g. `debian:bookworm`, which is also the default. */
  readonly base?: string;
  /** Asked of a host that is not made here but found: ssh, local. */
  readonly requires?: HostRequirements;
}
