-- Decisions, and the awards that each gave. A decision is written whole or not at all.
CREATE TABLE quyet_dinh (
    id INTEGER PRIMARY KEY,
    so TEXT NOT NULL,
    ky_hieu TEXT NOT NULL,
    ngay TEXT NOT NULL,
    nam INTEGER NOT NULL,
    trich_yeu TEXT,
    co_quan TEXT,
    tep TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (so, ky_hieu, nam)
) STRICT;

CREATE TABLE khen_thuong (
    id INTEGER PRIMARY KEY,
    quyet_dinh_id INTEGER NOT NULL REFERENCES quyet_dinh (id) ON DELETE RESTRICT,
    stt INTEGER NOT NULL,
    doi_tuong TEXT NOT NULL,
    ten TEXT NOT NULL,
    ten_gap TEXT NOT NULL,
    ten_khong_dau TEXT NOT NULL,
    chuc_vu TEXT,
    don_vi TEXT,
    don_vi_khong_dau TEXT,
    hinh_thuc TEXT NOT NULL,
    hinh_thuc_ten TEXT NOT NULL,
    thanh_tich TEXT,
    nam_xet INTEGER,
    muc_thuong INTEGER,
    UNIQUE (quyet_dinh_id, stt)
) STRICT;

CREATE INDEX khen_thuong_ten ON khen_thuong (ten_khong_dau);
