-- Corrections: the award keeps the name that was issued, the correction stands beside it.
CREATE TABLE dinh_chinh (
    id INTEGER PRIMARY KEY,
    khen_thuong_id INTEGER NOT NULL REFERENCES khen_thuong (id) ON DELETE RESTRICT,
    ten_cu TEXT NOT NULL,
    ten_dung TEXT NOT NULL,
    ten_dung_khong_dau TEXT NOT NULL,
    so TEXT,
    ngay TEXT,
    tep TEXT NOT NULL
) STRICT;

CREATE INDEX dinh_chinh_khen_thuong ON dinh_chinh (khen_thuong_id);
