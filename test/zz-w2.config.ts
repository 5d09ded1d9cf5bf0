import base from './vitest.config.js';
import { defineConfig, mergeConfig } from 'vitest/config';
const [file = '', from = '', to = ''] = (process.env['W2'] ?? '').split('@@');
export default mergeConfig(base, defineConfig({ plugins: [{ name: 'w2', enforce: 'pre', transform: (code: string, id: string) => {
  if (!id.split('?')[0]!.endsWith(file)) return undefined;
  if (!code.includes(from)) throw new Error('no fit');
  return code.replace(from, () => to);
} }] }));
