import * as vscode from 'vscode';

/** Does `work` with progress in a notification whose button stops it: then it rejects at once with a `CancellationError`. */
export async function stoppable<Result>(
  title: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_, cancellation) => {
    const stop = new AbortController();
    const stopped = new Promise<never>((_resolve, reject) => {
      cancellation.onCancellationRequested(() => {
        stop.abort();
        reject(new vscode.CancellationError());
      });
    });
    return Promise.race([work(stop.signal), stopped]);
  });
}
