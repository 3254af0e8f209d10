//! `srcset`, by the standard's examples and its algorithm's branches.

use crawl_playground::engine::crawl::links::srcset::candidates;

fn of(srcset: &str) -> Vec<&str> {
    candidates(srcset).collect()
}

#[test]
fn candidates_are_parted_as_the_standard_says() {
    // HTML, 4.8.4.2.1 and 4.8.4.2.2.
    assert_eq!(
        of("banner-HD.jpeg 2x, banner-phone.jpeg 640w, banner-phone-HD.jpeg 640w 2x"),
        [
            "banner-HD.jpeg",
            "banner-phone.jpeg",
            "banner-phone-HD.jpeg"
        ]
    );
    assert_eq!(
        of("/uploads/100-marie-lloyd.jpg"),
        ["/uploads/100-marie-lloyd.jpg"]
    );
    assert_eq!(of(""), [""; 0]);
    assert_eq!(of(" \n,, ,"), [""; 0]);
    assert_eq!(of("a,b"), ["a,b"]);
    assert_eq!(of("a, b"), ["a", "b"]);
    assert_eq!(of("a ,b"), ["a", "b"]);
    assert_eq!(of("a,,, b"), ["a", "b"]);
    assert_eq!(of(",a 1x,\tb 2x,"), ["a", "b"]);
    assert_eq!(of("a 1x b 2x"), ["a"]);
    assert_eq!(of("a (1, 2) 1x, b"), ["a", "b"]);
    assert_eq!(of("a (1, b"), ["a"]);
    assert_eq!(of("data:,a ( , data:,b 1x, ), c"), ["data:,a", "c"]);
}
