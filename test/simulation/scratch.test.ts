import { it } from 'vitest';
import { simulate } from '../support/simulation/run.js';
const from = Number(process.env['FROM'] ?? 20260101), count = Number(process.env['COUNT'] ?? 200);
it('scratch', async () => {
  const kinds = new Map<string, number[]>();
  let bad = 0, steps = 0, slow = 0, slowest = 0;
  const t0 = Date.now();
  for (let seed = from; seed < from + count; seed++) {
    const t = performance.now();
    const { problems, steps: n } = await simulate(seed);
    const d = performance.now() - t;
    if (d > slow) { slow = d; slowest = seed; }
    steps += n;
    if (problems.length) bad++;
    for (const p of new Set(problems.map((x) => x.replace(/\n[\s\S]*/, '').replace(/call \d+ \(number \d+\)/, 'call').replace(/-?\d{6,}/g, 'N').replace(/\b\d+ (calls|late|packets|ack|messages)/g, 'K $1')))) {
      kinds.set(p, [...(kinds.get(p) ?? []), seed]);
    }
  }
  console.log(`bad ${bad}/${count} ms ${Date.now() - t0} steps ${steps} slowest ${slowest} ${slow}`);
  for (const [k, v] of [...kinds].sort((a, b) => b[1].length - a[1].length)) console.log(v.length, k, v.slice(0, 6).join(','));
}, 3600_000);
