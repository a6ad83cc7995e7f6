import * as vscode from 'vscode';

export type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Does `work` with progress in a notification whose button aborts its signal; how it ends then is its own affair. */
export async function untilStopped<Result>(
  title: string,
  work: (signal: AbortSignal, progress: Progress) => Promise<Result>,
): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, cancellation) => {
    const stop = new AbortController();
    cancellation.onCancellationRequested(() => {
      stop.abort();
    });
    return work(stop.signal, progress);
  });
}

/** The same for work of which nothing counts when it is stopped: then it rejects at once with a `CancellationError`. */
export function stoppable<Result>(title: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  return untilStopped(title, (signal) => {
    const stopped = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new vscode.CancellationError());
      });
    });
    return Promise.race([work(signal), stopped]);
  });
}
