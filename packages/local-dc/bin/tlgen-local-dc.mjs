#!/usr/bin/env node
import { main } from '../dist/cli/main.js';

try {
  await main(process.argv);
} catch (error) {
  console.error(`tlgen-local-dc: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
