import { Toast } from '@base-ui/react/toast';
import { asApiError } from '../api/api-error.ts';
import { usePhrases } from '../phrases/use-phrases.ts';
import { classNames } from './class-names.ts';
import { designPhrases } from './phrases.ts';

/** Says what was done, or that it failed, where the page itself does not show it. */
export function useToasts(): { readonly done: (text: string) => void; readonly failed: (error: unknown) => void } {
  const { add } = Toast.useToastManager();
  return {
    done: (text) => add({ title: text, type: 'success' }),
    failed: (error) => {
      const { message, hint } = asApiError(error);
      add({ title: message, description: hint, type: 'danger', timeout: 0, priority: 'high' });
    },
  };
}

/** Where toasts appear. Failures stay until they are closed. */
export function Toasts() {
  const say = usePhrases(designPhrases);
  const { toasts } = Toast.useToastManager();
  return (
    <Toast.Portal>
      <Toast.Viewport className="fixed right-4 bottom-4 z-60 grid w-[min(24rem,calc(100vw-2rem))] gap-2">
        {toasts.map((toast) => (
          <Toast.Root
            key={toast.id}
            toast={toast}
            className={classNames(
              'flex items-start gap-2 rounded-md border-l-4 bg-surface px-3 py-2 shadow-lg ring-1 ring-border',
              toast.type === 'danger' ? 'border-danger' : 'border-success',
            )}
          >
            <div className="min-w-0 flex-1 break-words">
              <Toast.Title className="font-medium" />
              <Toast.Description className="text-muted" />
            </div>
            <Toast.Close aria-label={say('close')} className="rounded px-1 hover:bg-hover">
              <span aria-hidden="true">✕</span>
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
