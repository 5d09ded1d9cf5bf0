export { LocalDc } from './local-dc.js';
export type { ClientAddress, ClientOptions } from './client-options.js';
export type { CdnControls, FileControls } from './file-controls.js';
export type { MessageOptions, TestButton } from './action-control.js';
export type { KeptEvents, UpdateControls } from './update-controls.js';
export type { ActivePushFault, PushCopies, PushHold, PushTrigger } from './pushes/types.js';
export type { BoxHistoryEntry } from './scene-history.js';
export type { FileName, NewTestFile, TestFile } from './scene-files.js';
export type { NewFileMessage } from './world-control.js';
export type { LocalDcOptions, TestBot, TestPerson, TestUser } from './options.js';
export type {
  ChatLike,
  MessageExtras,
  NewTestChannel,
  NewTestGroup,
  TestChat,
  TestMessage,
  UserLike,
} from './scene.js';
export type { NewUser } from './world/accounts.js';
export type { CodeKind } from './world/code-kinds.js';
export type {
  HandleOptions,
  HandlerContext,
  Logger,
  LogLevel,
  MethodHandler,
  RequestContext,
} from './dispatch/index.js';
export type {
  ActiveFault,
  Fault,
  FaultBoard,
  FaultDirection,
  FaultMessage,
  FaultSubject,
  FaultTrigger,
} from './faults/index.js';
export { LayerError } from './layers/index.js';
export type { Refusal, RefusalKind, RefusalLog, ServerSessionInfo } from './protocol/index.js';
export { RpcFault } from './world/fault.js';
export type { Channel } from './world/channels/channel.js';
export type { Authorization, Chat, User } from './world/types.js';
export type { World } from './world/world.js';
