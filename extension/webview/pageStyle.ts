/** The style of the pages without a script. Colours come from the editor's theme alone. */
export const PAGE_STYLE = `
body { padding: 0 1.5em 2em; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; }
main { max-width: 60em; padding-top: 0.5em; }
article + article { margin-top: 2em; border-top: 1px solid var(--vscode-widget-border, currentColor); }
h1, h2 { font-size: 1.5em; font-weight: 600; margin: 1em 0 0.3em; border-left: 4px solid transparent; padding-left: 0.5em; }
h1.error, h2.error { border-color: var(--vscode-editorError-foreground); }
h1.warning, h2.warning { border-color: var(--vscode-editorWarning-foreground); }
h1.information, h2.information { border-color: var(--vscode-editorInfo-foreground); }
h1.fine { border-color: var(--vscode-testing-iconPassed, currentColor); }
.part { font-size: 1.1em; font-weight: 600; margin: 1.2em 0 0.3em; border-left: none; padding-left: 0; }
li { margin: 0.4em 0; overflow-wrap: anywhere; }
code, pre { font-family: var(--vscode-editor-font-family, monospace); }
pre { background: var(--vscode-textCodeBlock-background); border: 1px solid var(--vscode-contrastBorder, transparent); padding: 0.5em; white-space: pre-wrap; margin: 0.5em 0; }
a { color: var(--vscode-textLink-foreground); }
a code { color: inherit; background: none; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
a.button { display: inline-block; padding: 0.25em 0.8em; text-decoration: none; color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; }
a.button:hover { background: var(--vscode-button-hoverBackground); }
a.secondary { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border-color: var(--vscode-button-secondaryBorder, var(--vscode-contrastBorder, transparent)); }
a.secondary:hover { background: var(--vscode-button-secondaryHoverBackground); }
table { border-collapse: collapse; }
th, td { padding: 0.2em 1em 0.2em 0; text-align: start; vertical-align: baseline; border-bottom: 1px solid var(--vscode-widget-border, currentColor); }
th { font-weight: 600; }
.sure, .from { color: var(--vscode-descriptionForeground); margin: 0.2em 0; }
h1, h2, td { overflow-wrap: anywhere; }
.mark.holds { color: var(--vscode-testing-iconPassed, inherit); }
.mark.broken { color: var(--vscode-errorForeground); }
.mark { display: inline-block; width: 1.2em; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
