/** The page that a join code leads to: the command to type, with this class's address and code in it. */
import { setText } from './dom.ts';

const code = decodeURIComponent(location.hash.slice(1)).replace(/[^A-Za-z0-9-]/g, '');
const command = document.getElementById('command');
const address = `${location.origin}/`;
if (command) setText(command, `lockstep join ${address}${code === '' ? '' : ` --code ${code}`}`);
