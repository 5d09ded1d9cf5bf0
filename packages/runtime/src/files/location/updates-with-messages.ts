/** Updates whose message the server gives again when it is asked by chat and id. */
export const MESSAGE_UPDATES: ReadonlySet<string> = new Set([
  'updateNewMessage',
  'updateNewChannelMessage',
  'updateEditMessage',
  'updateEditChannelMessage',
]);
