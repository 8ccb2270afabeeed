# Every target is one line to a tool; what it does stands at the head of that tool.
.PHONY: demo run test bench fuzz pictures fmt samples

demo: ; @tools/demo.sh
run: ; @tools/run.sh
test: ; @tools/test.sh
bench: ; @tools/bench.sh
fuzz: ; @tools/fuzz.sh
pictures: ; @tools/pictures.sh
fmt: ; @cargo fmt --all
samples: ; @cargo run -p ulika-samples -- write
