"""What a zygote and its kernels must agree in."""

from __future__ import annotations

import json
from dataclasses import asdict

from briefings.press.forkserver.recipe import Recipe, fixed_part


def test_a_recipe_survives_the_way_to_the_zygote():
    recipe = Recipe("python", ("-O",), ("numpy",), (("LANG", "vi_VN"),))
    assert Recipe.from_json(json.loads(json.dumps(asdict(recipe)))) == recipe


def test_only_what_a_fork_can_not_change_is_compared():
    environment = {"PYTHONHASHSEED": "0", "LC_ALL": "C", "MPLBACKEND": "agg", "HOME": "/", "TZ": ""}
    assert dict(fixed_part(environment)).keys() == {"PYTHONHASHSEED", "LC_ALL", "MPLBACKEND"}
