export { FaultBoard } from './board.js';
export { FaultGate } from './gate.js';
export type { GateHost } from './gate.js';
export type {
  ActiveFault,
  Fault,
  FaultDirection,
  FaultMessage,
  FaultSubject,
  FaultTrigger,
} from './types.js';
