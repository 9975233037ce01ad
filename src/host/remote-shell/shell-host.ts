/** What every host that is reached through a shell on it does alike: scripts and files. Knows nothing of how it is reached. */
import type { ExecRequest, ExecResult, FileStat, HostStream, WriteRequest } from '../../host/host.ts';
import { readHostFile, statFile, writeHostFile } from './files.ts';
import type { RemoteShell } from './remote-shell.ts';

/** Scripts and files of such a host; the driver says where its shell is. */
export abstract class ShellHost {
  /** The shell on the host; throws a UserError while there is none. */
  protected abstract running(): RemoteShell;

  async exec(request: ExecRequest): Promise<ExecResult> {
    return this.running().exec(request);
  }

  async stream(request: Pick<ExecRequest, 'script' | 'user'>): Promise<HostStream> {
    return this.running().stream(request);
  }

  async stat(path: string, user = 'root'): Promise<FileStat | null> {
    return statFile(this.running(), path, user);
  }

  async readFile(path: string, options: { readonly user?: string; readonly maxBytes?: number } = {}): Promise<Buffer> {
    return readHostFile(this.running(), path, options);
  }

  async writeFile(path: string, content: Buffer, request: WriteRequest): Promise<{ readonly backup: string | null }> {
    return writeHostFile(this.running(), path, content, request);
  }
}
