import type { ScopeFilter } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { Button } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import type { Building } from './ClauseForm.tsx';
import { FilterForm } from './FilterForm.tsx';
import { phrases } from './phrases.ts';
import { addFilter, replaceAt } from './scope-draft.ts';
import { useListFocus } from './use-list-focus.ts';

interface FilterPanelProps extends Building {
  readonly title: string;
  readonly text: string;
  /** Said when there is none. */
  readonly none: string;
  readonly addWord: string;
  readonly filters: readonly ScopeFilter[];
  readonly onFilters: (filters: readonly ScopeFilter[]) => void;
  /** Stands above the filters. */
  readonly children?: ReactNode;
}

/** Filters of which one is enough. */
export function FilterPanel(props: FilterPanelProps) {
  const { title, text, none, addWord, filters, onFilters, children, ...building } = props;
  const say = usePhrases(phrases);
  const { list, adding } = useListFocus(filters.length);
  return (
    <Panel title={title}>
      <div className="grid gap-4">
        {children}
        <p className="text-muted">{text}</p>
        {filters.length === 0 && <p className="font-semibold">{none}</p>}
        <div ref={list} className="grid gap-4">
          {filters.map((filter, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: filters have nothing but their place while they are edited
            <div key={at} className="grid gap-2">
              {at > 0 && <p className="font-medium text-muted text-xs uppercase">{say('or')}</p>}
              <FilterForm {...building} filter={filter} onFilter={(next) => onFilters(replaceAt(filters, at, next))} />
            </div>
          ))}
        </div>
        <div ref={adding}>
          <Button onClick={() => onFilters(addFilter(filters, say('filter')))}>{addWord}</Button>
        </div>
      </div>
    </Panel>
  );
}
