from pathlib import Path

from weather._stations import begin

begin(str(Path(__file__).with_name("stations.txt")))
