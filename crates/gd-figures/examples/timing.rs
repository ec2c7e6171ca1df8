fn main() {
    for e in gd_figures::all() {
        let t = std::time::Instant::now();
        let _ = e.run();
        println!("{:7.1} ms {}", t.elapsed().as_secs_f64() * 1e3, e.name);
    }
}
