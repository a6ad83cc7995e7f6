import type { Acceptance } from '../core/decode/acceptance';
import { clientsOf } from '../core/decode/clients';
import type { HandshakeSummary } from '../core/decode/handshakes';
import type { Decoded } from '../core/decode/decoded';
import { storyOf } from '../core/decode/story';
import { byteView } from './byte-view';
import { clientColumns, clientRow } from './clients';
import { COPY_FORMS, type CopyForm } from './copy-as';
import { byId, focused } from './dom';
import { Found } from './found';
import type { Batch, Sort, Sorts, Tab } from './protocol';
import { resultColumns, resultRow } from './results';
import { arrange, type Row } from './rows';
import { storyColumns, storyRow } from './stories';
import { tableView, type Column } from './table';
import type { Texts } from './texts';

/** What the user chose to see, kept while the page is hidden. */
export interface Choice {
  readonly tab: Tab;
  readonly filter: string;
  readonly sorts: Sorts;
}

export interface OutputActions {
  readonly copy: (text: string) => void;
  readonly select: (result: Decoded) => void;
  /** The choice has changed. */
  readonly keep: () => void;
}

/** Milliseconds between two drawings of the tables while a file is read. */
const PAUSE = 500;

const TABS: readonly Tab[] = ['packets', 'clients', 'connections'];

/** The right half of the page: tables of packets, clients and connections, and the bytes of one packet. */
export class Output {
  choice: Choice = { tab: 'packets', filter: '', sorts: {} };
  found = new Found();
  private current: Decoded | undefined;
  private module: Acceptance | undefined;
  private handshakes: HandshakeSummary | undefined;
  private redrawing: ReturnType<typeof setTimeout> | undefined;
  private readonly tables = byId('results', HTMLElement);
  private readonly bytes = byId('bytes', HTMLElement);
  private readonly tools = byId('tools', HTMLElement);
  private readonly filter = byId('filter', HTMLInputElement);

  constructor(
    private readonly texts: Texts,
    private readonly actions: OutputActions,
  ) {
    for (const tab of TABS) {
      this.tabButton(tab).addEventListener('click', () => {
        this.choose({ tab });
      });
    }
    byId('tabs', HTMLElement).addEventListener('keydown', (event) => {
      this.moveByArrow(event);
    });
    this.filter.addEventListener('input', () => {
      this.choose({ filter: this.filter.value });
    });
    for (const form of Object.keys(COPY_FORMS) as CopyForm[]) {
      byId(`copy-${form}`, HTMLElement).addEventListener('click', () => {
        actions.copy(COPY_FORMS[form](this.shownRows().map(({ cells }) => cells)));
      });
    }
  }

  /** Shows the results of a paste. */
  show(results: readonly Decoded[], handshakes: HandshakeSummary): void {
    this.clear();
    this.handshakes = handshakes;
    this.found.add(results, clientsOf(results));
    this.current = results.find(({ options }) => options.length > 0);
    this.render();
  }

  /** What the module on this host reads: the stories say whether it takes an option. */
  setModule(module: Acceptance | undefined): void {
    this.module = module;
    if (this.tab === 'connections') this.render();
  }

  /** The connections of a file, which are known when it was read. */
  setHandshakes(handshakes: HandshakeSummary | undefined): void {
    this.handshakes = handshakes;
    this.redraw();
  }

  /** Forgets what is shown. */
  clear(): void {
    this.found = new Found();
    this.current = undefined;
    this.handshakes = undefined;
    clearTimeout(this.redrawing);
    this.redrawing = undefined;
  }

  /** Adds a part of a file. The table follows now and then. */
  add({ results, clients, found }: Batch): void {
    const first = this.found.total === 0;
    this.found.add(results, clients, found);
    if (first && found > 0) this.render();
    else this.renderTabs();
    if (found > 0) this.redrawing ??= setTimeout(this.redraw, PAUSE);
  }

  /** Draws the tables anew, with as many rows as were shown and the focus where it was. A button that is held down keeps its place. */
  private readonly redraw = (): void => {
    clearTimeout(this.redrawing);
    this.redrawing = undefined;
    if (this.tables.querySelector(':active') !== null) {
      this.redrawing = setTimeout(this.redraw, PAUSE);
      return;
    }
    const own = focused();
    const rows = this.tables.querySelectorAll('tbody tr').length;
    const place = [...this.tables.querySelectorAll('button')].findIndex((one) => one === own);
    this.render(rows);
    if (place >= 0) this.tables.querySelectorAll('button')[place]?.focus();
  };

  /** Takes over a choice, and shows it. */
  choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    this.render();
    this.actions.keep();
  }

  render(rows = 0): void {
    const { tab } = this;
    const { filter } = this.choice;
    const empty = this.found.total === 0 && this.opened.length === 0;
    for (const part of [this.tools, this.tables]) part.hidden = empty;
    if (this.filter.value !== filter) this.filter.value = filter;
    this.renderTabs();
    this.tables.replaceChildren(...(empty ? [] : [this.table(rows)]));
    this.tables.setAttribute('aria-labelledby', `tab-${tab}`);
    this.bytes.hidden = tab !== 'packets' || this.current === undefined;
    this.bytes.replaceChildren(...(this.current === undefined ? [] : [byteView(this.current, this.texts)]));
  }

  private renderTabs(): void {
    const counts = { packets: this.found.total, clients: this.found.count };
    for (const tab of TABS) {
      const button = this.tabButton(tab);
      const selected = tab === this.tab;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
      button.textContent = this.texts.tab(tab, tab === 'connections' ? undefined : counts[tab]);
    }
  }

  /** Without results only the connections have something to show. */
  private get tab(): Tab {
    return this.found.total === 0 && this.opened.length > 0 ? 'connections' : this.choice.tab;
  }

  private get opened(): HandshakeSummary['handshakes'] {
    return this.handshakes?.handshakes ?? [];
  }

  private table(shown: number): HTMLElement {
    const { texts, found } = this;
    switch (this.tab) {
      case 'packets':
        return this.draw(
          shown,
          this.packetRows(),
          resultColumns(texts, {
            copy: this.actions.copy,
            select: (result) => {
              this.select(result);
            },
          }),
        );
      case 'clients':
        return this.draw(
          shown,
          found.clients.map(clientRow),
          clientColumns(texts, (client) => {
            this.choose({ tab: 'packets', filter: client });
            this.tabButton('packets').focus();
          }),
        );
      case 'connections':
        return this.draw(shown, this.storyRows(), storyColumns);
    }
  }

  private draw<Source>(shown: number, rows: readonly Row<Source>[], columns: readonly Column<Source>[]): HTMLElement {
    const { tab } = this;
    const { filter, sorts } = this.choice;
    const label = this.texts.tab(tab);
    const onSort = (sort: Sort | undefined): void => {
      const column = document.activeElement?.getAttribute('data-column') ?? '';
      this.choose({ sorts: { ...sorts, [tab]: sort } });
      // The head was drawn anew: the keyboard stays where it was.
      this.tables.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
    };
    return tableView(
      { rows, columns, filter, sort: sorts[tab], label, onSort, shown, current: this.current as Source | undefined },
      this.texts,
    );
  }

  /** What is copied: all that the filter leaves, in the order shown, drawn or not. */
  private shownRows(): readonly Row<unknown>[] {
    const { tab } = this;
    const { filter, sorts } = this.choice;
    const rows = {
      packets: () => this.packetRows(),
      clients: () => this.found.clients.map(clientRow),
      connections: () => this.storyRows(),
    };
    return arrange<unknown>(rows[tab](), filter, sorts[tab]);
  }

  private packetRows(): readonly Row<Decoded>[] {
    return this.found.results.map((result) => resultRow(result, this.texts));
  }

  private storyRows(): ReturnType<typeof storyRow>[] {
    const { module, opened: handshakes } = this;
    return storyOf(this.found.results, { module, handshakes }).map((story) => storyRow(story, this.texts));
  }

  private select(result: Decoded): void {
    this.current = result;
    this.bytes.hidden = false;
    this.bytes.replaceChildren(byteView(result, this.texts));
    this.actions.select(result);
  }

  private moveByArrow(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[TABS.indexOf(this.tab) + step];
    if (next === undefined) return;
    event.preventDefault();
    this.choose({ tab: next });
    this.tabButton(next).focus();
  }

  private tabButton(tab: Tab): HTMLElement {
    return byId(`tab-${tab}`, HTMLElement);
  }
}
