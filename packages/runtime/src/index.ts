/**
 * The runtime: a client of Telegram's API over MTProto, and what it takes and gives.
 *
 * @packageDocumentation
 */
export { Client } from './client/client.js';
export type { ClientEvents } from './client/events.js';
export type { ClientOptions } from './client/options.js';
export type { Parts } from './client/parts.js';
export type { OpenTransport } from './network/network.js';
export type { EngineFactory, SessionEngine } from './network/types.js';
export type { Clock, Device, FetchFile, LineSink, Now, Platform, Timer } from './platform/types.js';

// Settings.
export { SettingsError } from './client/merge-settings.js';
export type {
  ConnectionOptions,
  ConnectionOverrides,
  PartialSettings,
  Settings,
  UpdateHandler,
} from './client/settings.js';
export type { LogLevel, LogSink } from './core/logger.js';

// Sign-in.
export {
  RESEND,
  SignInError,
  SignInSteps,
  type Ask,
  type AskAccount,
  type AskCode,
  type Asked,
  type AskEmail,
  type AskingOptions,
  type AskPassword,
  type AskPhone,
  type BotOptions,
  type CodeHint,
  type CodeSettings,
  type CodeState,
  type CodeType,
  type DoneState,
  type EmailState,
  type Identity,
  type NewAccount,
  type NextCodeType,
  type PasswordHint,
  type PasswordState,
  type PaymentDemand,
  type PhoneOptions,
  type PlainHint,
  type QrCode,
  type QrOptions,
  type QrState,
  type ShowQr,
  type SignedIn,
  type SignInErrorCode,
  type SignInErrorDetails,
  type SignInOptions,
  type SignInState,
  type SignInStep,
  type SignInStepsOptions,
  type SignUpState,
  type TermsOfService,
  type UserAnswers,
} from './client/sign-in/index.js';

// Calls.
export { ParameterError, UnknownMethodError } from './client/api/index.js';
export { PartlySentError } from './client/send-text.js';
export type { SendTextOptions, SentText } from './text/sending.js';
export type { Unsubscribe } from './core/emitter.js';
export {
  AbortError,
  CallLostError,
  CallOptionError,
  isRpcError,
  RequestTooLongError,
  RpcError,
  TimeoutError,
  type CommonErrorCode,
  type RpcErrorCode,
} from './core/errors.js';
export type { ApiCall, InvokeOptions, Middleware, Next } from './core/types.js';

// Peers.
export type {
  ChatSummary,
  GroupSummary,
  ParticipantSummary,
  PersonSummary,
} from './peers/facts/chat-summary-types.js';
export type { ChatOptions } from './peers/facts/chat-summary.js';
export type { FullOptions, PeerFull } from './peers/facts/full.js';
export { PeerError, type PeerErrorCode } from './peers/errors.js';
export type { DialogItem, DialogsOptions } from './peers/lists/dialogs.js';
export type { HistoryOptions } from './peers/lists/history.js';
export { ListOptionError } from './peers/lists/list-errors.js';
export type { Moment } from './peers/lists/list-options.js';
export type { RealMessage } from './peers/lists/message-pages.js';
export type { PageOptions, Pages } from './peers/lists/pages.js';
export type { ParticipantsFilter } from './peers/lists/participant-filters.js';
export type { Participant, ParticipantRole } from './peers/lists/participant.js';
export type { ParticipantsOptions } from './peers/lists/participants.js';
export type { SearchFilter } from './peers/lists/search-filters.js';
export type { SearchOptions } from './peers/lists/search.js';
export { markedId, parseMarkedId } from './peers/marked-id.js';
export type { AnyPeer } from './peers/needs.js';
export type { Peers } from './peers/peers.js';
export type { KnownPeer, PeerInfo, PeerInputs, PeerResolver, PeerType } from './peers/types.js';

// Texts.
export {
  fromMessageEntities,
  KeyboardError,
  linkButtons,
  MAX_MESSAGE_LENGTH,
  normalise,
  parseHtml,
  parseMarkdown,
  parseMarkdownV2,
  parseText,
  printText,
  splitText,
  TextError,
  toHtml,
  toMarkdown,
  toMarkdownV2,
  toMessageEntities,
  toReplyMarkup,
  type FormattedText,
  type InputUserOf,
  type LinkButton,
  type ParseMode,
  type PlainEntityType,
  type TextEntity,
} from './text/index.js';

// Updates.
export { type Plugin, type PluginEnd } from './client/plugin.js';
export { UpdateError, UpdateEvent, type UpdateErrorCode } from './updates/event/index.js';
export type { CallbackAnswer, WaitOptions } from './updates/event/types.js';
export type { Entities, UpdateSource } from './updates/engine/index.js';
export type { Silence } from './updates/feed/index.js';
export { Filter, FilterError, filters } from './updates/filters/index.js';
export {
  ConversationError,
  type Conversation,
  type GetUpdatesOptions,
  type HandlerOptions,
  type NumberedUpdate,
  type ReadOptions,
  type UpdateStream,
} from './updates/hub/index.js';
export type { SecretJournal } from './updates/journal.js';
export type { UpdatesLost } from './updates/lost.js';

// Files.
export { FileError, type FileErrorCode } from './files/errors.js';
export {
  CURRENT_SUB_VERSION,
  FILE_TYPES,
  parseFileId,
  parseInlineMessageId,
  parseUniqueFileId,
  printFileId,
  printInlineMessageId,
  printUniqueFileId,
  uniqueOf,
  type BotApiFileIds,
  type DocumentFileId,
  type FileId,
  type FileIdOfOptions,
  type FileType,
  type GeneratedFileId,
  type PhotoFileId,
  type PhotoSource,
  type PrintFileIdOptions,
  type UniqueFileId,
  type WebFileId,
} from './files/file-id/index.js';
export type { FileInfo } from './files/file-info.js';
export type { Files, RemoteFileLike } from './files/files.js';
export {
  outlineSvg,
  strippedJpeg,
  type EncryptedFileLike,
  type FileKind,
  type FileOrigin,
  type LocateOptions,
} from './files/location/index.js';
export {
  packWaveform,
  unpackWaveform,
  type MediaKind,
  type OutgoingAnimation,
  type OutgoingAudio,
  type OutgoingDocument,
  type OutgoingMedia,
  type OutgoingPhoto,
  type OutgoingSticker,
  type OutgoingVideo,
  type OutgoingVideoNote,
  type OutgoingVoice,
  type SendableMedia,
  type ThumbLike,
} from './files/media/index.js';
export type {
  DownloadOptions,
  RangeOptions,
  SaveFileOptions,
  SaveIntoOptions,
  WriteOptions,
} from './files/options.js';
export type { ByteStream } from './files/output/to-stream.js';
export type { WritableLike } from './files/output/types.js';
export { safeName, type SavedFile } from './files/sink/index.js';
export type { Progress, TransferOptions } from './files/types.js';
export { EncryptedUpload, UploadedFile, type UploadOptions } from './files/upload/index.js';
export type { FileStat, FileSystem, OpenFile } from './platform/file-system.js';
export {
  AlbumError,
  type AlbumErrorCode,
  type AlbumItem,
  type CaptionedMedia,
} from './client/send-album.js';
export type { SendFileOptions } from './client/send-file.js';
export type {
  Caption,
  SendAlbumOptions,
  SendMediaOptions,
  SentFile,
} from './client/send-options.js';

// Storage and sessions.
export {
  EncryptedStorage,
  readTdata,
  writeTdata,
  type EncryptionOptions,
  type TdataOptions,
} from './client/host-storage.js';
export { importSession } from './client/import-session.js';
export {
  readSession,
  SessionFormatError,
  writeSession,
  type ReadFile,
  type ReadSession,
  type SessionAddress,
  type SessionData,
  type SessionFormat,
  type SessionFormatErrorCode,
} from './storage/formats/index.js';
export { MemoryStorage } from './storage/memory.js';
export { SqliteStorage } from './storage/sqlite.js';
export { StringSession, type ExportOptions } from './storage/string-session.js';
export {
  StorageError,
  type StorageChange,
  type StorageDriver,
  type StorageErrorCode,
} from './storage/types.js';

// Below: keys, data centers, transports.
export { CryptoError, SecurityError } from './crypto/errors.js';
export type { CryptoErrorCode, SecurityErrorCode } from './crypto/errors.js';
export type { RsaKey } from './crypto/rsa-key.js';
export { ClosedError, DataCenterError, SchemaError } from './network/errors.js';
export { HandshakeError, type HandshakeErrorCode } from './session/errors.js';
export type {
  ConnectionEvent,
  ConnectionKind,
  ConnectionState,
  DataCenterAddress,
} from './network/types.js';
export type {
  ConnectOptions,
  DuplexSocket,
  SocketAddress,
  SocketFactory,
  SocketReceiver,
  SocketTarget,
} from './platform/sockets.js';
export {
  TransportError,
  type Protocol,
  type Proxy,
  type TransportErrorCode,
} from './transport/types.js';
