import { planOf, type Plan } from './plan.js';
import { World, type Tally } from './world.js';

/** What became of a run. */
export interface Outcome {
  readonly problems: readonly string[];
  /** What happened, when it is traced. */
  readonly lines: readonly string[];
  readonly plan: Plan;
  readonly tally: Tally;
}

/** Runs one seed: same seed, same run. */
export async function simulate(seed: number, trace = false): Promise<Outcome> {
  const plan = planOf(seed);
  const world = new World(plan, trace);
  const problems = world.problems;
  try {
    await world.run();
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { problems, lines: world.lines, plan, tally: world.tally };
}
