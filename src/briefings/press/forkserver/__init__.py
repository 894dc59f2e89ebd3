"""Warm kernels: a process with everything imported forks a fresh kernel for every notebook.

A kernel specification asks for it, so papermill, nbclient and JupyterLab need no change;
`python -m briefings.press.forkserver install` writes one.

    owner (runs notebooks): provisioner → known → client ─┐ Unix socket
    zygote (imports, forks):                       zygote ─┘ → child (the kernel)

The owner holds a kernel as a ForkedProcess. Where anything of this is impossible, it launches
an ordinary kernel. Nothing else of briefings is imported here.
"""
