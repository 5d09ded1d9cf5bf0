import { messages } from '@tlgen/telegram';
import { method, type BuiltIn } from '../dispatch/types.js';
import { inputPeer } from '../world/input.js';
import { answerPress, press } from '../world/pressing.js';

/** Buttons that bots are asked about: https://core.telegram.org/api/bots/buttons. */
export const callbackMethods: readonly BuiltIn[] = [
  method(messages.GetBotCallbackAnswerRequest, (request, { world, user, signal }) =>
    press(world, user, inputPeer(world, user, request.peer), request.msgId, request.data, signal),
  ),
  method(messages.SetBotCallbackAnswerRequest, (request, { world, user }) => {
    answerPress(world, user, request);
    return true;
  }),
];
