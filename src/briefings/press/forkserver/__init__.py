"""Warm kernels: a process with everything imported forks a fresh kernel for every notebook.

A kernel specification asks for it by name, so that papermill, nbclient and JupyterLab need no
change; `preload` lists modules, or `module:function` to be called once after the imports:

    "metadata": {"kernel_provisioner": {
        "provisioner_name": "briefings-forkserver", "config": {"preload": ["pandas"]}}}

Provisioner (in the owner, the process that runs notebooks) → client → zygote → child (the
kernel); the owner holds the kernel as a `ForkedProcess`. Where anything of this is impossible,
the provisioner launches an ordinary kernel. Nothing else of briefings is imported here.
"""
