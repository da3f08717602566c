#pragma once

#include <QList>
#include <QWidget>

namespace longcode::composer {

/// One bar per segment, filled as far as the segment is. Bars past the tenth have the colour of danger. The
/// figures in words stand beside it; for screen readers they are its description. UI thread.
class SegmentMeter : public QWidget {
    Q_OBJECT
public:
    explicit SegmentMeter(QWidget *parent = nullptr);

    /// 0 to 1 per segment; empty: one empty bar.
    void setFills(const QList<double> &fills);
    [[nodiscard]] const QList<double> &fills() const { return m_fills; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<double> m_fills;
};

} // namespace longcode::composer
