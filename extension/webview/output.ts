import type { Acceptance } from '../core/decode/acceptance';
import { clientsOf } from '../core/decode/clients';
import type { Decoded } from '../core/decode/decoded';
import { storyOf } from '../core/decode/story';
import { byteView } from './byte-view';
import { clientColumns, clientRow } from './clients';
import { COPY_FORMS, type CopyForm } from './copy-as';
import { byId } from './dom';
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

const TABS: readonly Tab[] = ['packets', 'clients', 'connections'];

/** The right half of the page: tables of packets, clients and connections, and the bytes of one packet. */
export class Output {
  choice: Choice = { tab: 'packets', filter: '', sorts: {} };
  found = new Found();
  private current: Decoded | undefined;
  private module: Acceptance | undefined;
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
  show(results: readonly Decoded[]): void {
    this.clear();
    this.found.add(results, clientsOf(results));
    this.current = results.find(({ options }) => options.length > 0);
    this.render();
  }

  /** What the module on this host reads: the stories say whether it takes an option. */
  setModule(module: Acceptance | undefined): void {
    this.module = module;
    if (this.choice.tab === 'connections') this.render();
  }

  /** Forgets what is shown. */
  clear(): void {
    this.found = new Found();
    this.current = undefined;
  }

  /** Adds a part of a file. The table is drawn with the first results alone, so that it keeps still under the pointer. */
  add({ results, clients, found }: Batch): void {
    const first = this.found.total === 0;
    this.found.add(results, clients, found);
    if (first && found > 0) this.render();
    else this.renderTabs();
  }

  /** Takes over a choice, and shows it. */
  choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    this.render();
    this.actions.keep();
  }

  render(): void {
    const { tab, filter } = this.choice;
    const empty = this.found.total === 0;
    for (const part of [this.tools, this.tables]) part.hidden = empty;
    if (this.filter.value !== filter) this.filter.value = filter;
    this.renderTabs();
    this.tables.replaceChildren(...(empty ? [] : [this.table()]));
    this.tables.setAttribute('aria-labelledby', `tab-${tab}`);
    this.bytes.hidden = tab !== 'packets' || this.current === undefined;
    this.bytes.replaceChildren(...(this.current === undefined ? [] : [byteView(this.current, this.texts)]));
  }

  private renderTabs(): void {
    const counts = { packets: this.found.total, clients: this.found.count };
    for (const tab of TABS) {
      const button = this.tabButton(tab);
      const selected = tab === this.choice.tab;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
      button.textContent = this.texts.tab(tab, tab === 'connections' ? undefined : counts[tab]);
    }
  }

  private table(): HTMLElement {
    const { texts, found } = this;
    switch (this.choice.tab) {
      case 'packets':
        return this.draw(
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
          found.clients.map(clientRow),
          clientColumns(texts, (client) => {
            this.choose({ tab: 'packets', filter: client });
            this.tabButton('packets').focus();
          }),
        );
      case 'connections':
        return this.draw(this.storyRows(), storyColumns);
    }
  }

  private draw<Source>(rows: readonly Row<Source>[], columns: readonly Column<Source>[]): HTMLElement {
    const { tab, filter, sorts } = this.choice;
    const label = this.texts.tab(tab);
    const onSort = (sort: Sort | undefined): void => {
      const column = document.activeElement?.getAttribute('data-column') ?? '';
      this.choose({ sorts: { ...sorts, [tab]: sort } });
      // The head was drawn anew: the keyboard stays where it was.
      this.tables.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
    };
    return tableView(
      { rows, columns, filter, sort: sorts[tab], label, onSort, current: this.current as Source | undefined },
      this.texts,
    );
  }

  /** What is copied: all that the filter leaves, in the order shown, drawn or not. */
  private shownRows(): readonly Row<unknown>[] {
    const { tab, filter, sorts } = this.choice;
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
    return storyOf(this.found.results, this.module).map((story) => storyRow(story, this.texts));
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
    const next = TABS[TABS.indexOf(this.choice.tab) + step];
    if (next === undefined) return;
    event.preventDefault();
    this.choose({ tab: next });
    this.tabButton(next).focus();
  }

  private tabButton(tab: Tab): HTMLElement {
    return byId(`tab-${tab}`, HTMLElement);
  }
}
