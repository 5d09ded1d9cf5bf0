export { uploadedOf } from './file-of.js';
export { isInputMedia } from './given.js';
export { inputMediaOf } from './input-media.js';
export { kindOf } from './kind.js';
export { planMedia } from './plan.js';
export type { MediaPlan, PlanOptions } from './plan-types.js';
export { packWaveform, unpackWaveform } from './waveform.js';
export type {
  MediaContext,
  MediaFields,
  MediaKind,
  MediaOptions,
  OutgoingAnimation,
  OutgoingAudio,
  OutgoingDocument,
  OutgoingMedia,
  OutgoingPhoto,
  OutgoingSticker,
  OutgoingVideo,
  OutgoingVideoNote,
  OutgoingVoice,
  SendableMedia,
  ThumbLike,
} from './types.js';
