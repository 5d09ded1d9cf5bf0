import type { TlMethod } from '@tlgen/codec';
import { messages } from '@tlgen/telegram';
import type * as tl from '@tlgen/telegram';

/** The messages of one conversation, paged as the server pages: by place after the newest that is older. */
export class HistoryServer {
  /** How many requests came. */
  pages = 0;

  constructor(
    /** Newest first. */
    public list: tl.TypeMessage[],
    /** Runs before each page but the first: others write and delete. */
    private readonly meanwhile: () => void = () => undefined,
    /** The most that a page has, whatever is asked for. */
    private readonly pageMax = 100,
  ) {}

  readonly serve = (request: TlMethod): messages.TypeMessages => {
    if (this.pages++ > 0) this.meanwhile();
    if (request instanceof messages.GetHistoryRequest)
      return this.page(request, request.offsetDate);
    if (request instanceof messages.SearchRequest) return this.page(request, 0);
    throw new TypeError(`no ${request._} here`);
  };

  private page(
    request: messages.GetHistoryRequest | messages.SearchRequest,
    offsetDate: number,
  ): messages.TypeMessages {
    const { offsetId, addOffset, minId, maxId } = request;
    const { list } = this;
    const older = list.findIndex(
      (one) =>
        (offsetId === 0 || one.id < offsetId) &&
        (offsetDate === 0 || one._ === 'messageEmpty' || one.date < offsetDate),
    );
    const from = Math.max((older < 0 ? list.length : older) + addOffset, 0);
    const page = list
      .slice(from, from + Math.min(request.limit, this.pageMax))
      .filter(({ id }) => id > minId && (maxId === 0 || id < maxId));
    const common = { messages: page, topics: [], chats: [], users: [] };
    return page.length === list.length
      ? new messages.Messages(common)
      : new messages.MessagesSlice({ ...common, count: list.length });
  }
}
