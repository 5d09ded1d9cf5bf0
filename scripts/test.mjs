// Installs and builds what is missing, then runs every test. Arguments go to vitest.
import { node, root } from './tools.mjs';
import './build.mjs';

node(`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', 'test', ...process.argv.slice(2));
