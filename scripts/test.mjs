// Installs and builds what is missing, the docs site too, then runs every test. Arguments go to vitest.
import { node, root } from './tools.mjs';

node('scripts/docs.mjs', 'build');

node(`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', 'test', ...process.argv.slice(2));
